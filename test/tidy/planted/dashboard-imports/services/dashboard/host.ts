// breaks dashboard-imports
import '@planledger/host';
