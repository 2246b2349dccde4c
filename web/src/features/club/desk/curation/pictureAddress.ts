export const pictureAddress = (id: string) => `/api/club/pictures/${id}`
