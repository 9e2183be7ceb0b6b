// breaks adapters-chosen-in-host
import '@planledger/ledger/sqlite';
