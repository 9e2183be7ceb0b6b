// breaks host-imports
import '@planledger/intake-service';
