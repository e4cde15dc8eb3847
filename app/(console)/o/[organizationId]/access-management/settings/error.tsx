'use client'

export { default } from '../connected-apps/error.tsx'
