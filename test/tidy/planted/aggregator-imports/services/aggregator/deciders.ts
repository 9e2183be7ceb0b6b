// breaks aggregator-imports
import '@planledger/project';
