// breaks intake-imports
import '@planledger/proof';
