// Pictures of what people see during a journey, for its page: small WebP files of a member's phone and of an operator's desk.
import { mkdirSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'

const phone = { viewport: { width: 390, height: 844 } }
const desk = { viewport: { width: 1440, height: 810 } }

export async function cameraOf(host, folder, { member, operator }) {
  mkdirSync(folder, { recursive: true })
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  })

  async function personOf(size, cookie) {
    const context = await browser.newContext({
      ...size,
      locale: 'en-GB',
      timezoneId: 'Europe/Rome',
      colorScheme: 'light',
      reducedMotion: 'reduce',
    })
    await context.addCookies(
      cookie
        .split('; ')
        .map(one => ({ name: one.slice(0, one.indexOf('=')), value: one.slice(one.indexOf('=') + 1), url: host })),
    )
    return context.newPage()
  }

  // A page of its own turns PNG into WebP: the browser can, and nothing has to be installed for it.
  const darkroom = await browser.newPage()
  async function small(png) {
    const url = await darkroom.evaluate(async base64 => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob())
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
      canvas.getContext('2d').drawImage(image, 0, 0)
      return canvas.toDataURL('image/webp', 0.8)
    }, png.toString('base64'))
    return Buffer.from(url.split(',')[1], 'base64')
  }

  const people = { member: await personOf(phone, member), operator: await personOf(desk, operator) }
  const shoot = who => async (name, path, words) => {
    const page = people[who]
    await page.goto(host + path)
    await page.getByText(words).first().waitFor({ timeout: 60_000 })
    await page.waitForLoadState('networkidle')
    writeFileSync(`${folder}/${name}.webp`, await small(await page.screenshot({ animations: 'disabled' })))
  }
  return { member: shoot('member'), operator: shoot('operator'), close: () => browser.close() }
}
