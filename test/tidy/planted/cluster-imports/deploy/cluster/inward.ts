// breaks cluster-imports
import '@planledger/host';
