// breaks progress-imports
import '@planledger/project';
