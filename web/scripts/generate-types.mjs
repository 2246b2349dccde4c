import openapiTS, { astToString } from 'openapi-typescript'

/** The types of the API description, as the text of a TypeScript module. */
export async function generateTypes(description) {
  return `// Generated from openapi.json by "npm run api -w web". Do not edit.\n\n${astToString(await openapiTS(description))}`
}
