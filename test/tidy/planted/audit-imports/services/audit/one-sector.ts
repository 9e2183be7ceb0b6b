// breaks audit-imports
import '@planledger/sectors/education/rules';
