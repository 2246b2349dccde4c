/** The zones the browser knows, with the one that is chosen and UTC, which some lists leave out. */
export const zones = (chosen: string): string[] => [...new Set(['UTC', chosen, ...Intl.supportedValuesOf('timeZone')])]
