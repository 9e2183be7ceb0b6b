// breaks sectors-imports
import '@planledger/project';
