// breaks plan-imports
import '@planledger/sectors/sector';
