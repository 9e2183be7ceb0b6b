// breaks feed-imports
import '@planledger/plan';
