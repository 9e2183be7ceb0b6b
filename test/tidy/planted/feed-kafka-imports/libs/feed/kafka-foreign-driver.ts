// breaks feed-kafka-imports
import 'mongodb';
