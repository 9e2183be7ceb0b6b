// breaks views-memory-imports
import '@planledger/project';
