import '@bufbuild/protobuf';
import 'node:crypto';
import '@planledger/kernel';
