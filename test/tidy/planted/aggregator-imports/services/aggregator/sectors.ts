// breaks aggregator-imports
import '@planledger/sectors';
