// breaks project-imports
import '@planledger/sectors/education/rules';
