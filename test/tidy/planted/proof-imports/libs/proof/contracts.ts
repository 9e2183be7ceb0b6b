// breaks proof-imports
import '@planledger/contracts';
