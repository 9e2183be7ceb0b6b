// breaks views-mongo-imports
import '@planledger/project';
