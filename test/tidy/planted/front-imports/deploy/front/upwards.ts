// breaks front-imports
import '@planledger/plan';
