// breaks feed-kafka-imports
import '@planledger/project';
