// breaks project-imports
import '@planledger/sectors';
