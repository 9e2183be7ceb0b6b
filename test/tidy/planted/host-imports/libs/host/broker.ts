// breaks host-imports
import 'kafkajs';
