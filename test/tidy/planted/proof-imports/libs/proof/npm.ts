// breaks proof-imports
import '@bufbuild/protobuf';
