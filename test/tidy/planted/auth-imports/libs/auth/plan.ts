// breaks auth-imports
import '@planledger/plan';
