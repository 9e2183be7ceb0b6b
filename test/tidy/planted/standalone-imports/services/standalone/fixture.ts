// breaks standalone-imports
import '@planledger/testing/clock';
