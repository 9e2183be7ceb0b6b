/** class-transformer publishes no types for its metadata storage, which the body schemas are made from. */
declare module 'class-transformer/cjs/storage.js' {
  export const defaultMetadataStorage: unknown;
}
