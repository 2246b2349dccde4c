import { expect, it } from 'vitest'
import { delimiterOf, readTable, rowsOf, tableOf } from './table'

it('The delimiter is found, also when names hold another one', () => {
  expect(delimiterOf('a;b;c')).toBe(';')
  expect(delimiterOf('"a;b;c",d')).toBe(',')
  expect(delimiterOf('station\ttime\tvalue')).toBe('\t')
})

it('Quotes hold delimiters, line ends and quotes', () => {
  expect(rowsOf('a,"b,""c""\nd",e\r\n1,2,3\n\n4,5', ',', 10)).toEqual([
    ['a', 'b,"c"\nd', 'e'],
    ['1', '2', '3'],
    ['4', '5'],
  ])
})

it('A row that was cut off is not shown', () => {
  expect(tableOf('a,b\n1,2\n3,', true).rows).toEqual([['1', '2']])
  expect(tableOf('a,b\n1,2\n3,4', false).rows).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
})

it('A long file shows its first rows and says that it goes on', () => {
  const table = tableOf(`a,b\n${'1,2\n'.repeat(40)}`, false)
  expect(table.rows).toHaveLength(8)
  expect(table.isCut).toBe(true)
})

it('A packed file is looked into, also when only its beginning is read', async () => {
  const body = `time,value\n${Array.from({ length: 40_000 }, (_, n) => `2017-01-01,${Math.sin(n)}`).join('\n')}`
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'))
  const packed = new File([await new Response(stream).arrayBuffer()], 'x.csv.gz')
  const table = await readTable(packed)
  expect(table).toMatchObject({ isPacked: true, isCut: true, header: ['time', 'value'] })
  expect(table.rows[1]?.[1]).toBe(String(Math.sin(1)))
})
