export * from './codec.js';
export * from './effective.js';
export * from './gen/planledger/v1/entry_pb.js';
export * from './gen/planledger/v1/indicator_pb.js';
export * from './gen/planledger/v1/plan_pb.js';
export * from './gen/planledger/v1/project_pb.js';
export * from './gen/planledger/v1/standing_pb.js';
