// breaks testing-in-tests
import '@planledger/testing/clock';
