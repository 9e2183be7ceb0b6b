// breaks host-names-no-sector
import '@planledger/sectors/education/rules';
