// breaks adapters-chosen-in-host
import '@planledger/views/mongo';
