// breaks conformance-in-specs
import '@planledger/ledger/conformance';
