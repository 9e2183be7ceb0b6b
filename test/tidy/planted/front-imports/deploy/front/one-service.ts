// breaks front-imports
import '@planledger/audit-service';
