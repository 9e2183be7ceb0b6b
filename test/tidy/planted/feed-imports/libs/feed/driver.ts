// breaks feed-imports
import 'kafkajs';
