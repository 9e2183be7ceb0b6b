// breaks progress-imports
import '@planledger/sectors/kit';
