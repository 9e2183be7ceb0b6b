// breaks feed-in-process-imports
import 'kafkajs';
