// breaks sector-service-imports
import '@planledger/sectors';
