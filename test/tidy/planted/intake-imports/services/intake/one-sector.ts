// breaks intake-imports
import '@planledger/sectors/education/rules';
