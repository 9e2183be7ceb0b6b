// breaks feed-in-process-imports
import '@planledger/project';
