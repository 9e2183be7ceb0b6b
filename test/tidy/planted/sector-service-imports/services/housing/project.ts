// breaks sector-service-imports
import '@planledger/project';
