export { type Kafka, startKafka } from './kafka.js';
export { type Keycloak, startKeycloak } from './keycloak.js';
export { type Mongo, startMongo } from './mongo.js';
export {
  type LocalService,
  prepare,
  SERVICES,
  startService,
  type SystemEnvironment,
  systemEnvironment,
} from './services.js';
