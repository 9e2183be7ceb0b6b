// breaks local-imports
import '@planledger/plan';
