// breaks libs-below-services
import '@planledger/intake-service';
