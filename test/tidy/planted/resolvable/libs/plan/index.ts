// breaks resolvable
import '@planledger/contracts/moved-away';
