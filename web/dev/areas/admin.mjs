/** Made-up answers of the administration. */
export const permissions = ['platform.manage']
export const answer = () => undefined
