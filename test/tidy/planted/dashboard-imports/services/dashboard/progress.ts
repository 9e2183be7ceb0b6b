// breaks dashboard-imports
import '@planledger/progress';
