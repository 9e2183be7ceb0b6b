// breaks sector-service-imports
import '@planledger/proof';
