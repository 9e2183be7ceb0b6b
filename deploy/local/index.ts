export { type Kafka, startKafka } from './kafka.js';
export { type Mongo, startMongo } from './mongo.js';
