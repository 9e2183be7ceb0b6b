// breaks contracts-imports
import '@planledger/plan';
