// breaks standalone-imports
import '@planledger/sectors/education/rules';
