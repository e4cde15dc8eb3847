'use client'

import dynamic from 'next/dynamic'

/** Loaded when somebody adds an app, not with the list. */
export const AddApp = dynamic(() => import('./add-app-dialog.tsx'), { ssr: false })
