// palette.mjs - a screenshot with at most 256 colours: a third of the bytes, and no eye sees it.
import { deflateSync, inflateSync } from 'node:zlib'

function chunks(png) {
	const found = []
	for (let at = 8; at < png.length;) {
		const size = png.readUInt32BE(at)
		found.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + size) })
		at += size + 12
	}
	return found
}

function paeth(a, b, c) {
	const p = a + b - c, pa = Math.abs(p - a), pb = Math.abs(p - b), pc = Math.abs(p - c)
	return pa <= pb && pa <= pc ? a : pb <= pc ? b : c
}

// Eight bits a channel, not interlaced: what Chromium writes.
function pixels_of(png) {
	const all = chunks(png), head = all.find(c => c.type === 'IHDR').data
	const width = head.readUInt32BE(0), height = head.readUInt32BE(4), size = head[9] === 6 ? 4 : 3, row = width * size
	const raw = inflateSync(Buffer.concat(all.filter(c => c.type === 'IDAT').map(c => c.data)))
	const out = Buffer.alloc(row * height)
	for (let y = 0; y < height; y++) {
		const filter = raw[y * (row + 1)]
		for (let x = 0; x < row; x++) {
			const a = x >= size ? out[y * row + x - size] : 0, b = y ? out[(y - 1) * row + x] : 0, c = x >= size && y ? out[(y - 1) * row + x - size] : 0
			const add = filter === 1 ? a : filter === 2 ? b : filter === 3 ? (a + b) >> 1 : filter === 4 ? paeth(a, b, c) : 0
			out[y * row + x] = raw[y * (row + 1) + 1 + x] + add
		}
	}
	return { width, height, size, out }
}

const far = (p, q) => (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 + (p[2] - q[2]) ** 2

// The colours used most, none nearly the same as another; every other becomes the nearest of them.
function palette_of(counts) {
	const sorted = [...counts].sort((p, q) => q[1] - p[1]).map(([c]) => [c >> 16, (c >> 8) & 255, c & 255])
	for (let least = 0; ; least = least * 2 + 4) {
		const chosen = []
		for (const c of sorted) if (chosen.every(p => far(p, c) > least)) chosen.push(c)
		if (chosen.length <= 256 || least > 200) return chosen.slice(0, 256)
	}
}

function crc32_of(bytes) {
	let crc = ~0
	for (const byte of bytes) {
		crc ^= byte
		for (let k = 0; k < 8; k++) crc = crc >>> 1 ^ (crc & 1 ? 0xedb88320 : 0)
	}
	return ~crc >>> 0
}

function chunk(type, data) {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]), out = Buffer.alloc(body.length + 8)
	out.writeUInt32BE(data.length, 0)
	body.copy(out, 4)
	out.writeUInt32BE(crc32_of(body), body.length + 4)
	return out
}

export function with_palette(png) {
	const { width, height, size, out } = pixels_of(png)
	const counts = new Map()
	for (let i = 0; i < out.length; i += size) {
		const c = out[i] << 16 | out[i + 1] << 8 | out[i + 2]
		counts.set(c, (counts.get(c) || 0) + 1)
	}
	const palette = palette_of(counts), index = new Map()
	for (const c of counts.keys()) {
		const rgb = [c >> 16, (c >> 8) & 255, c & 255]
		let best = 0
		for (let i = 1; i < palette.length; i++) if (far(palette[i], rgb) < far(palette[best], rgb)) best = i
		index.set(c, best)
	}
	const rows = Buffer.alloc((width + 1) * height)
	for (let y = 0, i = 0; y < height; y++)
		for (let x = 0; x < width; x++, i += size) rows[y * (width + 1) + 1 + x] = index.get(out[i] << 16 | out[i + 1] << 8 | out[i + 2])
	const head = Buffer.alloc(13)
	head.writeUInt32BE(width, 0)
	head.writeUInt32BE(height, 4)
	head.set([8, 3, 0, 0, 0], 8)
	return Buffer.concat([png.subarray(0, 8), chunk('IHDR', head), chunk('PLTE', Buffer.from(palette.flat())), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}
