// breaks local-in-tests
import '@planledger/local';
